"""The Draw page: canvas, preparation, answer, error; and the stand."""
