"""What happens to the data of a study, in words that a privacy officer can file."""
