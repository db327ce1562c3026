using System.CommandLine;
using Microsoft.Extensions.Options;
using ServiceDeskBot.Hosting;
using ServiceDeskBot.Storage;

namespace ServiceDeskBot.Commands;

/// <summary>The command line: one verb per file; without a verb the desk is served. Exit codes: 0 done, 1 failed, 2 usage or settings wrong.</summary>
public static class DeskCommands
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Wrong = 2;

    /// <param name="args">A verb with its options, and settings as <c>--Section:Key=value</c> or <c>--urls</c> anywhere.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var (settings, rest) = SettingArguments.Split(args);
        var run = new CommandRun(settings, output, error);
        var serve = ServeCommand.Create(run);
        var root = new RootCommand("A service desk that lives in Microsoft Teams and Slack.")
        {
            serve,
            DoctorCommand.Create(run),
            ClassifyCommand.Create(run),
            TrainCommand.Create(run),
            EvaluateCommand.Create(run),
            PromoteCommand.Create(run),
            PromoteCommand.CreateRollback(run),
            DigestCommand.Create(run),
            ReportCommand.Create(run),
            ManifestCommand.Create(run),
            UsersCommand.Create(run),
            ExportCommand.Create(run),
            EraseCommand.Create(run),
        };
        root.Action = serve.Action;

        var parsed = root.Parse(rest);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
            {
                await error.WriteLineAsync(fault.Message);
            }

            await error.WriteLineAsync("Say --help after a verb to see what it takes.");
            return Wrong;
        }

        return await GuardedAsync(() => parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }), error);
    }

    /// <summary>The boundary of a command: what an operator can mend is said in a sentence, not in a stack trace.</summary>
    private static async Task<int> GuardedAsync(Func<Task<int>> command, TextWriter error)
    {
        try
        {
            return await command();
        }
        catch (Exception wrong) when (SettingsFault(wrong) is { } sentence)
        {
            await error.WriteLineAsync(sentence);
            return Wrong;
        }
        catch (Exception failure) when (failure is DatabaseInUseException or DatabaseIsNewerException or Core.Turns.StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(failure.Message);
            return Failed;
        }
    }

    /// <summary>What is wrong with the settings; <c>null</c> for any other failure.</summary>
    internal static string? SettingsFault(Exception failure) => failure switch
    {
        OptionsValidationException invalid => string.Join('\n', invalid.Failures),
        SettingsException settings => settings.Message,

        // The binder's way to say that a key is unknown or a value does not fit its type.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } unbound => unbound.InnerException is { } inner ? $"{unbound.Message} {inner.Message}" : unbound.Message,
        AggregateException several when several.InnerExceptions.Count > 0 && several.InnerExceptions.All(one => SettingsFault(one) is not null) => string.Join('\n', several.InnerExceptions.Select(SettingsFault)),
        _ => null,
    };
}

/// <summary>What every command gets: the settings given with it, and where to write.</summary>
internal sealed record CommandRun(string[] Settings, TextWriter Output, TextWriter Error)
{
    /// <summary>The desk put together and not started.</summary>
    public WebApplication Build() => DeskApplication.Build(Settings, builder => builder.Logging.AddFilter(level => level >= LogLevel.Warning));

    public Task SayAsync(string line) => Output.WriteLineAsync(line);

    /// <summary>Says why not.</summary>
    public async Task<int> RefuseAsync(string reason, int code = DeskCommands.Failed)
    {
        await Error.WriteLineAsync(reason);
        return code;
    }
}
