package vault

import (
	"os/exec"
	"strconv"
	"testing"

	"partner-center-connector/connector"
)

func TestCauses(t *testing.T) {
	t.Parallel()
	var table []known
	for status, want := range map[int]error{
		36: connector.ErrKeychainLocked, 51: connector.ErrKeychainLocked, 128: connector.ErrKeychainLocked,
		37: connector.ErrKeychainMissing, 50: connector.ErrKeychainMissing, 1: connector.ErrKeychainBroken,
	} {
		table = append(table, known{exec.Command("/bin/sh", "-c", "exit "+strconv.Itoa(status)).Run(), want})
	}
	testCauses(t, append(table, known{exec.ErrNotFound, connector.ErrKeychainMissing}))
}
