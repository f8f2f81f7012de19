"""An embedded Telegram: a real MTProto server with people, groups and faults to order, needing no network.

A sealed annex: it imports the standard library and Telethon's TL classes, and nothing else of this program.
"""
