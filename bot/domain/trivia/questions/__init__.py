"""Questions made from the catalog."""
