"""What the program does, over time: asyncio, the store, and Telegram through its port."""
