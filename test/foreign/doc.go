// Package foreign lets clients that others wrote use the practice cloud: MSAL for Node.js signs in, and jose verifies its tokens. What they
// find odd there is likely to be odd about the practice cloud. Its tests have the build tag e2e; `make test` installs Node.js and the clients.
package foreign
