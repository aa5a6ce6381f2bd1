"""What people enter, by noun: organisations, people, links, exchanges, actions, meetings… found, listed, shown."""
