namespace ServiceDeskBot.Commands;

/// <summary>Tells settings on the command line from a verb and its options: settings have a colon in their name (<c>--Data:Path=x</c>) or are the host's own.</summary>
internal static class SettingArguments
{
    private static readonly string[] HostOwn = ["--urls", "--environment", "--contentroot"];

    /// <summary>Both forms are known: <c>--Section:Key=value</c> and <c>--Section:Key value</c>.</summary>
    public static (string[] Settings, string[] Verb) Split(IReadOnlyList<string> args)
    {
        List<string> settings = [];
        List<string> rest = [];
        for (var i = 0; i < args.Count; i++)
        {
            if (!IsSetting(args[i]))
            {
                rest.Add(args[i]);
                continue;
            }

            settings.Add(args[i]);
            if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Count)
            {
                settings.Add(args[++i]);
            }
        }

        return ([.. settings], [.. rest]);
    }

    private static bool IsSetting(string argument)
    {
        var name = argument.Split('=', 2)[0];
        return name.StartsWith("--", StringComparison.Ordinal) && !name.Contains(' ', StringComparison.Ordinal)
            && (name.Contains(':', StringComparison.Ordinal) || HostOwn.Contains(name, StringComparer.OrdinalIgnoreCase));
    }
}
