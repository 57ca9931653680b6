# Completion of litindex for PowerShell 5.1 and newer.
# What litindex offers is read as data, line by line: nothing of it is expanded or run. litindex quotes it.

Register-ArgumentCompleter -Native -CommandName litindex -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
    $saved = $env:_LITINDEX_COMPLETE, $env:_LITINDEX_WORDS, [Console]::OutputEncoding
    try {
        $env:_LITINDEX_COMPLETE = 'powershell'
        $env:_LITINDEX_WORDS = ($before + "$wordToComplete") -join "`n"
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $lines = @(litindex 2>$null)
    } finally {
        $env:_LITINDEX_COMPLETE, $env:_LITINDEX_WORDS, [Console]::OutputEncoding = $saved
    }
    foreach ($line in $lines) {
        $kind, $value, $about = $line -split "`t", 3
        if ($kind -eq 'plain') {
            $tip = if ($about) { $about } else { $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $tip)
        }
    }
}
