"""Text in, plan out: never touches the database."""
