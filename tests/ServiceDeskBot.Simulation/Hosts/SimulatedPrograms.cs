using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Simulation.Hosts;

/// <summary>The programs that fulfil requests, as a host reaches them: they fail as platforms do, and now and then they say no.</summary>
internal sealed class SimulatedPrograms(SimulatedHost host, World world) : IWebhooks
{
    public async Task<SendResult> CallAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        var what = $"{(request.Undo ? "undo" : "do")} {request.Step} of {request.Ticket}";
        await host.DieHereAsync($"before asking a program to {what}");
        await host.Life.PauseAsync(world.Weather.Network());
        var fate = world.Weather.FateOfProgram();
        world.Journal.Write($"{host.Life.Name} asks a program to {what}: {fate.Says?.ToString() ?? "ok"}");
        if (fate.Happens)
        {
            world.Audit.Programs.Did(request);
        }

        if (fate.Takes > TimeSpan.Zero)
        {
            await host.Life.PauseAsync(fate.Takes);
        }

        await host.DieHereAsync("after asking a program");
        return fate.Says ?? new SendResult.Sent($"{request.Ticket}/{request.Step}", Call.To(request.Webhook, request.Ticket));
    }
}
