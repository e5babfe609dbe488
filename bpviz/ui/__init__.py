"""Qt widgets and graphics items: values in, intents out."""
