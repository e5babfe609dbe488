"""Errors bpviz raises on bad input; each message names the thing, what was found and what is needed."""


class BpvizError(Exception):
    """Base of every error whose message may be shown to the user as it is."""


class ConfigError(BpvizError):
    """A setting has an impossible value or does not fit another."""


class ShapeError(BpvizError):
    """An array does not fit the network."""


class DataError(BpvizError):
    """A dataset or image is missing, damaged or of the wrong kind."""


class ModelFileError(BpvizError):
    """A model file is missing, damaged or does not describe a network."""


class DownloadError(BpvizError):
    """A download failed, was cancelled, or did not verify."""


class HistoryError(BpvizError):
    """A run cannot be rewound, forked or raced as asked."""
