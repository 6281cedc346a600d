"""Domain values → what Telegram shows. Pure: no network, no telegram; escaping and limits live here only."""
