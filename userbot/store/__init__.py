"""SQLite: every table's SQL stands beside the function that runs it. Foreign errors become `StoreError` here."""
