"""What people see: models in, messages out. Nothing here reads a database."""
