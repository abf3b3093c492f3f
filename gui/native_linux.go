package gui

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/godbus/dbus/v5"
)

// notifyLimit is how long the desktop's notification service may take.
const notifyLimit = 3 * time.Second

// hasDisplay reports whether there is an X or Wayland display to open a window on.
func hasDisplay() bool {
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// SayNatively says something without a window of ours: on stderr and, where there is a desktop, as a notification.
func SayNatively(title, text string) {
	fmt.Fprintf(os.Stderr, "%s\n%s\n", title, text)
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), notifyLimit)
	defer cancel()
	notify(ctx, title, text)
}

// notify shows a desktop notification; where there is no service for it, nothing.
// https://specifications.freedesktop.org/notification-spec/latest/protocol.html
func notify(ctx context.Context, title, text string) {
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return
	}
	defer func() { _ = bus.Close() }()
	service := bus.Object("org.freedesktop.Notifications", "/org/freedesktop/Notifications")
	service.CallWithContext(ctx, "org.freedesktop.Notifications.Notify", 0,
		title, uint32(0), "", title, text, []string{}, map[string]dbus.Variant{}, int32(-1))
}
