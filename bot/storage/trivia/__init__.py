"""What trivia keeps: games as they go (``games``), boards and profiles, the daily quiz, and each server's rules."""
