//go:build deps

package main

import (
	_ "fyne.io/fyne/v2/app"
	_ "fyne.io/fyne/v2/test"
	_ "fyne.io/fyne/v2/widget"
	_ "github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	_ "github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"
	_ "github.com/fsnotify/fsnotify"
	_ "github.com/gofrs/flock"
	_ "github.com/google/renameio/v2"
	_ "github.com/google/uuid"
	_ "github.com/spf13/cobra"
	_ "github.com/zalando/go-keyring"
	_ "github.com/godbus/dbus/v5"
	_ "go.uber.org/goleak"
	_ "golang.org/x/sys/execabs"
	_ "golang.org/x/term"
)
