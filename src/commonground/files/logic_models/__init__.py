"""Logic models as documents: the worked example, and those that users bring."""
