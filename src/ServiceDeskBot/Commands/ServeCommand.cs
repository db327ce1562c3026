using System.CommandLine;
using ServiceDeskBot.Hosting;

namespace ServiceDeskBot.Commands;

/// <summary><c>serve</c>, also without a verb: takes messages until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandRun run)
    {
        var command = new Command("serve", "Serves the desk (what happens without a verb).");
        command.SetAction(async (_, _) =>
        {
            await using var app = DeskApplication.Build(run.Settings);
            await app.RunAsync();
            return DeskCommands.Done;
        });
        return command;
    }
}
