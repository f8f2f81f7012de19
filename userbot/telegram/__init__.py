"""The only place, beside the sandbox, that imports Telethon. Its errors become the program's own here."""
