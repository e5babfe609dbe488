"""The confusion matrix and the mistakes."""
