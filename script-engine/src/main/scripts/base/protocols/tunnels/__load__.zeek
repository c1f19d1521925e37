##! AYIYA and Teredo are known by how they look; the engine does that itself.
