$ErrorActionPreference = 'Stop'
[void][Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$content = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)
$texts = $content.GetElementsByTagName('text')
[void]$texts.Item(0).AppendChild($content.CreateTextNode($env:PCC_TOAST_TITLE))
[void]$texts.Item(1).AppendChild($content.CreateTextNode($env:PCC_TOAST_TEXT))
$toast = New-Object Windows.UI.Notifications.ToastNotification $content
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($env:PCC_TOAST_APP).Show($toast)
