package gui

// displayByEnvironment says that variables of the environment name the display.
const displayByEnvironment = true
