"""What happens when: tests, doses, sessions and reviews as dated events, and how late each is."""
