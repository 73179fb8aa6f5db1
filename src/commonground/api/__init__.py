"""What `import commonground` offers beyond the functions of the rooms: reading, writing, and models by their names."""
