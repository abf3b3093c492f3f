// Command partner-center-connector is the window program of Partner Center Connector.
package main

import (
	"os"

	"fyne.io/fyne/v2/app"

	"partner-center-connector/gui/program"
)

func main() { os.Exit(program.Run(os.Args[1:], os.Stdout, os.Stderr, app.NewWithID)) }
