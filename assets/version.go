package assets

// Version is the version of both programs; FyneApp.toml has the same, which a test holds.
const Version = "0.1.0"
