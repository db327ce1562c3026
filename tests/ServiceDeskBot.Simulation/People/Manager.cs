namespace ServiceDeskBot.Simulation.People;

/// <summary>Approves or not, and asks for the digest now and then.</summary>
internal sealed class Manager(World world, string id, IReadOnlyList<string> roles, Habits habits) : SimulatedPerson(world, id, roles, habits)
{
    public override void Begin() => AskLater();

    private void AskLater() => World.Time.After(World.Dice.Between(TimeSpan.FromHours(3), TimeSpan.FromHours(40)), World.Time.World, () =>
    {
        if (!World.Weather.IsCalm)
        {
            var account = World.Dice.One(Accounts);
            Say(account.Platform.Personal(account.Id), World.Dice.Chance(0.7) ? "digest" : World.Texts.Matter());
            AskLater();
        }
    });
}
