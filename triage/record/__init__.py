"""What a person keeps on this machine because they asked for it: private, whole or not at all, erasable."""
