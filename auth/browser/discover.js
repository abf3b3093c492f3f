ObjC.import("AppKit");

function text(value) {
  const plain = ObjC.unwrap(value);
  return typeof plain === "string" ? plain : "";
}

// managed are the policies of one application with the file of each: what was set by hand, which Chromium obeys as recommended, then what
// is managed; those of the account count more than those of the computer.
function managed(bundle, account, names) {
  const forced = "/Library/Managed Preferences/";
  const found = { values: {}, places: {} };
  for (const folder of ["/Library/Preferences/", text($.NSHomeDirectory()) + "/Library/Preferences/", forced, forced + account + "/"]) {
    const all = $.NSDictionary.dictionaryWithContentsOfFile(folder + bundle + ".plist");
    if (all.isNil()) continue;
    for (const name of names) {
      const value = all.objectForKey(name);
      if (value.isNil()) continue;
      found.values[name] = ObjC.deepUnwrap(value);
      found.places[name] = folder + bundle + ".plist";
    }
  }
  return found;
}

function describe(path, account, names) {
  const bundle = $.NSBundle.bundleWithPath(path);
  if (bundle.isNil()) return null;
  const id = text(bundle.bundleIdentifier);
  const policies = managed(id, account, names);
  return {
    path: path,
    bundle: id,
    executable: text(bundle.objectForInfoDictionaryKey("CFBundleExecutable")),
    name: text($.NSFileManager.defaultManager.displayNameAtPath(path)),
    policies: policies.values,
    places: policies.places,
  };
}

function run(args) {
  const account = args[0];
  const names = args.slice(1);
  const link = $.NSURL.URLWithString("https://localhost/");
  const workspace = $.NSWorkspace.sharedWorkspace;
  const standard = workspace.URLForApplicationToOpenURL(link);
  const apps = ObjC.unwrap(workspace.URLsForApplicationsToOpenURL(link)) || [];
  return JSON.stringify({
    default: standard.isNil() ? "" : text(standard.path),
    apps: apps.map((url) => describe(text(url.path), account, names)).filter((app) => app !== null),
  });
}
