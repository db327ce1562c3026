using ServiceDeskBot.Simulation.Platforms;

namespace ServiceDeskBot.Simulation.People;

/// <summary>Looks into the channels of their teams during their shift and works on what hangs there.</summary>
internal sealed class Agent(World world, string id, IReadOnlyList<string> roles, Habits habits, int shiftBegins) : SimulatedPerson(world, id, roles, habits)
{
    private static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(50);

    public override void Begin() => LookLater();

    private void LookLater() => World.Time.After(World.Dice.Between(TimeSpan.FromMinutes(1), LongestBreak), World.Time.World, () =>
    {
        if (World.Weather.IsCalm || IsOnShift || World.Dice.Chance(0.02))
        {
            Look();
        }

        LookLater();
    });

    private bool IsOnShift => World.IsWorkday && World.Time.GetUtcNow().Hour is var hour && hour >= shiftBegins && hour < shiftBegins + 8;

    private void Look()
    {
        var account = World.Dice.One(Accounts);
        var live = account.Platform.Conversations
            .Where(channel => channel.Team is { } team && World.Desk.Team(team)!.Members.Contains(Id))
            .SelectMany(channel => channel.Posts.Values.Where(IsLive).Select(post => (channel, post)))
            .ToList();
        for (var i = 0; i < (World.Weather.IsCalm ? live.Count : Math.Min(live.Count, 3)); i++)
        {
            var (channel, post) = World.Weather.IsCalm ? live[i] : live[World.Dice.Below(live.Count)];
            if (!World.Weather.IsCalm && World.Dice.Chance(0.15))
            {
                Say(channel, World.Texts.Work(), post.Id, addressed: false);
            }
            else
            {
                Consider(channel, post);
            }
        }

        if (!World.Weather.IsCalm && World.Dice.Chance(0.02))
        {
            Meddle();
        }
    }

    private static bool IsLive(ChatPost post) => post.Thread is null && post.Buttons.Any(button => button.Action is "claim" or "resolve" or "approve" or "task-claim" or "task-done");
}
