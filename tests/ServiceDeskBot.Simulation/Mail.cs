using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Simulation.Hosts;
using ServiceDeskBot.Simulation.People;
using ServiceDeskBot.Simulation.Platforms;

namespace ServiceDeskBot.Simulation;

/// <summary>
/// How platforms deliver: late, twice, in another order, and again until somebody says that it has arrived. The delivery
/// goes to any host that is up, as a load balancer would do it.
/// </summary>
internal sealed class Mail(World world)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private const int MostAttempts = 40;

    public int Deliveries { get; private set; }

    /// <summary>Deliveries that no host has acknowledged yet.</summary>
    public int UnderWay { get; private set; }

    public void Send(SimulatedPerson from, Conversation conversation, Turn turn)
    {
        var letter = new Letter(from, conversation, turn);
        UnderWay++;
        world.Time.After(world.Weather.Delivery(), world.Time.World, () => Attempt(letter));
        if (world.Weather.Again() is { } again)
        {
            world.Time.After(again, world.Time.World, () => Attempt(letter));
        }
    }

    private void Attempt(Letter letter)
    {
        letter.Attempts++;
        Deliveries++;
        if (world.AnyHost() is { } host)
        {
            world.Journal.Write($"{letter.From.Id} to {host.Life.Name}: {letter.Turn.Input.GetType().Name} {Told(letter.Turn.Input)} {letter.Turn.Key}");
            host.Life.Run(_ => Take(host, letter), null);
        }

        if (!letter.HasArrived)
        {
            world.Time.After(Patience * Math.Min(letter.Attempts, 20), world.Time.World, () => AgainUnlessArrived(letter));
        }
    }

    private void AgainUnlessArrived(Letter letter)
    {
        if (letter.HasArrived || letter.IsGivenUp)
        {
            return;
        }

        if (letter.Attempts < MostAttempts)
        {
            Attempt(letter);
        }
        else
        {
            letter.IsGivenUp = true;
            UnderWay--;
        }
    }

    /// <summary>What an endpoint does: accept, acknowledge, and pass on the answer when there is one.</summary>
    private async void Take(SimulatedHost host, Letter letter)
    {
        try
        {
            if (letter.Turn.Place.Channel == "slack")
            {
                // Slack is told 200 as soon as the delivery is stored.
                var received = await host.Turns.AcceptAsync(letter.Turn, CancellationToken.None);
                Arrived(letter);
                Answered(letter, received.IsNew, await received.Answer);
            }
            else
            {
                var decided = await host.Turns.DecideAsync(letter.Turn, CancellationToken.None);
                Arrived(letter);
                Answered(letter, decided.IsNew, decided.Answer);
            }
        }
        catch (StoreUnavailableException)
        {
            // The endpoint says 503: the platform comes again.
        }
    }

    private void Arrived(Letter letter)
    {
        if (!letter.HasArrived && !letter.IsGivenUp)
        {
            UnderWay--;
        }

        letter.HasArrived = true;
    }

    private void Answered(Letter letter, bool isNew, Answer answer)
    {
        world.Audit.Inbox.Answered(letter.Turn.Key, answer);
        if (isNew)
        {
            var pressed = letter.Turn.Input is Pressed { PostId: { } id } && letter.Conversation.Posts.TryGetValue(id, out var post) ? post : null;
            world.Time.After(world.Weather.Network(), world.Time.World, () => letter.From.Hear(letter.Conversation, pressed, answer));
        }
    }

    // Ids that the product makes up differ in each run of a seed.
    private static string Told(TurnInput input) => input switch
    {
        Said said => $"\"{said.Text}\"",
        Pressed pressed => $"{pressed.Action} {string.Join(',', pressed.Data.Where(pair => pair.Key != "text" && !Guid.TryParseExact(pair.Value, "N", out _)).Select(pair => pair.Value))}",
        _ => "",
    };

    private sealed class Letter(SimulatedPerson from, Conversation conversation, Turn turn)
    {
        public SimulatedPerson From => from;

        public Conversation Conversation => conversation;

        public Turn Turn => turn;

        public int Attempts { get; set; }

        public bool HasArrived { get; set; }

        public bool IsGivenUp { get; set; }
    }
}
