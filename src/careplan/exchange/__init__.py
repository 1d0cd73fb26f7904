"""Other formats: what clinic software sends and wants to receive."""
