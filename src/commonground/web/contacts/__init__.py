"""Contact details people leave apart from their answers: a database and a key of their own, and no way to join them."""
