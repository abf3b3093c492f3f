package loopback

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
)

// bindTries is how often another port is tried when the one that 127.0.0.1 got is taken on ::1.
const bindTries = 20

// loopbackListen binds one address of one family.
type loopbackListen func(ctx context.Context, network, address string) (net.Listener, error)

// listenLoopback binds an address so that no other program can share it.
func listenLoopback(ctx context.Context, network, address string) (net.Listener, error) {
	config := net.ListenConfig{Control: exclusivePort}
	return config.Listen(ctx, network, address)
}

// bindLoopback binds one port on 127.0.0.1 and on ::1: browsers differ in which of them localhost means first. It is
// content with 127.0.0.1 where the computer has no ::1.
func bindLoopback(ctx context.Context, listen loopbackListen) ([]net.Listener, int, error) {
	var clash error
	for range bindTries {
		four, err := listen(ctx, "tcp4", "127.0.0.1:0")
		if err != nil {
			return nil, 0, fmt.Errorf("auth: bind 127.0.0.1: %w", err)
		}
		address, ok := four.Addr().(*net.TCPAddr)
		if !ok {
			_ = four.Close()
			return nil, 0, errors.New("auth: bind 127.0.0.1: the listener has no port")
		}
		six, err := listen(ctx, "tcp6", net.JoinHostPort("::1", strconv.Itoa(address.Port)))
		if err == nil {
			return []net.Listener{four, six}, address.Port, nil
		}
		if familyMissing(err) {
			return []net.Listener{four}, address.Port, nil
		}
		_ = four.Close()
		clash = err
	}
	return nil, 0, fmt.Errorf("auth: bind ::1 on the port of 127.0.0.1: %w", clash)
}

func closeListeners(listeners []net.Listener) {
	for _, l := range listeners {
		_ = l.Close()
	}
}
