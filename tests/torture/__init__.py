"""Programs that try to make userbot send something twice, or not at all. `make torture`, `make fuzz`."""
