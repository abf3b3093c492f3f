package safefile_test

import (
	"path/filepath"
	"sync"
	"testing"

	"partner-center-connector/connector/safefile"
)

// TestAFolderThatManyMakeAtOnce is there for each of them: one that appears between two looks is no link that leads nowhere.
func TestAFolderThatManyMakeAtOnce(t *testing.T) {
	for range 300 {
		dir := filepath.Join(t.TempDir(), "made")
		begin := make(chan struct{})
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				<-begin
				if err := safefile.Folder(dir); err != nil {
					t.Error(err)
				}
			})
		}
		close(begin)
		all.Wait()
	}
}
