"""The one base error: whatever the assistant raises on purpose is one of these."""


class AccesDroitsError(Exception):
    """Something went wrong that a person can act on; `str()` is a French sentence for them."""
