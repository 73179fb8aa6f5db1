"""People decide about answers that carry a sign, blind to each other; then the data are locked."""
