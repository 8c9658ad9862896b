"""Facts and claims: numbers of an edition in sentences, and its published sentences judged."""
