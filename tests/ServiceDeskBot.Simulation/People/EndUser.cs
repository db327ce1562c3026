namespace ServiceDeskBot.Simulation.People;

/// <summary>Writes to the desk when something does not work, mostly in office hours, and lives with what comes back.</summary>
internal sealed class EndUser(World world, string id, IReadOnlyList<string> roles, Habits habits, double mattersADay) : SimulatedPerson(world, id, roles, habits)
{
    public override void Begin() => Next();

    private void Next()
    {
        var hours = World.Dice.Skewed(TimeSpan.FromMinutes(10), TimeSpan.FromHours(90 / mattersADay));
        World.Time.After(hours, World.Time.World, () =>
        {
            if (!World.Weather.IsCalm)
            {
                if (World.IsOfficeHour || World.Dice.Chance(0.15))
                {
                    Act();
                }

                Next();
            }
        });
    }

    private void Act()
    {
        HasBlockedBot = World.Dice.Chance(0.01);
        var account = World.Dice.One(Accounts);
        var personal = account.Platform.Personal(account.Id);
        switch (World.Dice.Below(100))
        {
            case < 62:
                Say(personal, World.Texts.Matter());
                break;
            case < 72:
                Say(account.Platform.Channel("general", null), World.Texts.Matter());
                break;
            case < 84:
                Say(personal, World.Texts.Continuation());
                break;
            case < 96:
                Say(personal, World.Texts.SmallTalk());
                break;
            default:
                Meddle();
                break;
        }
    }
}
