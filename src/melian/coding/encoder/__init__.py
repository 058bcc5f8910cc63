"""The one small transformer: windows of words in, a vector for each word out, shared by every head."""
