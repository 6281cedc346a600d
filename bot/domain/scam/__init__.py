"""Is this link what it seems? Read from its letters alone: no link is opened, and none is called safe."""
