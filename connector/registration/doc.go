// Package registration writes the texts by which an app registration is made with Microsoft's own tools: scripts for the Azure CLI and for
// Microsoft Graph PowerShell, and the application manifest. It signs nobody in and calls nothing.
package registration
