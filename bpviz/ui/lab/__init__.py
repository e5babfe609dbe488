"""The Lab's page, its batch, branches and recording."""
