"""The roadmap's eight principles, and how a text suggests them."""
