cask "partner-center-connector" do
  version "@VERSION@"
  sha256 "@DMG_SUM@"

  url "@DMG_URL@"
  name "Partner Center Connector"
  desc "Give a program the two consents of the Microsoft Partner Center API"
  homepage "@WEBSITE@"

  depends_on macos: :monterey

  app "Partner Center Connector.app"
  binary "#{appdir}/Partner Center Connector.app/Contents/MacOS/pcc"

  zap launchctl: "io.github.partnercenterconnector.check",
      trash:     [
        "~/Library/Application Support/partner-center-connector",
        "~/Library/LaunchAgents/io.github.partnercenterconnector.check.plist",
      ]
end
