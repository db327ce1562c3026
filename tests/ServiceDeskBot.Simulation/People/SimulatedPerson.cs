using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Simulation.Platforms;
using ServiceDeskBot.Simulation.Time;

namespace ServiceDeskBot.Simulation.People;

/// <summary>
/// Somebody with habits. They look at what hangs in front of them and press, type, fill in, or let it be; a button that
/// they do not know is tried now and then, so that later features are met without being told of here.
/// </summary>
internal class SimulatedPerson(World world, string id, IReadOnlyList<string> roles, Habits habits)
{
    public string Id => id;

    public IReadOnlyList<string> Roles => roles;

    public List<Account> Accounts { get; } = [];

    /// <summary>Has removed the bot from their chats, for a while.</summary>
    public bool HasBlockedBot { get; set; }

    protected World World => world;

    protected Habits Habits => habits;

    /// <summary>Begins to live; called once.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>What this person does about a button; 0: nothing.</summary>
    public virtual double Weight(Button button) => Choices.Of(button, world.Weather.IsCalm);

    /// <summary>A card that concerns them is there or has changed.</summary>
    public void Notice(Conversation conversation, ChatPost post)
    {
        if (post.Considered == Signature(post.Card))
        {
            return;
        }

        post.Considered = Signature(post.Card);
        var soon = world.Weather.IsCalm ? TimeSpan.FromMinutes(2) : habits.Slowness;
        world.Time.After(world.Dice.Skewed(TimeSpan.FromSeconds(4), soon), world.Time.World, () => Consider(conversation, post));
    }

    /// <summary>Acts on what hangs there now, or a moment ago.</summary>
    public void Consider(Conversation conversation, ChatPost post)
    {
        var card = post.Earlier is { } earlier && !world.Weather.IsCalm && world.Dice.Chance(habits.LooksAtOld) ? earlier : post.Card;
        // An answer to "my tickets" tells how it was at that moment and has no buttons; the ticket's own card has.
        if (world.Weather.IsCalm ? ChatPost.Says(card, "state.waiting-user") && ChatPost.ButtonsOf(card).Count > 0 : ChatPost.Says(card, "wait.asked") && world.Dice.Chance(0.7))
        {
            Say(conversation, world.Texts.Answer(), repliesTo: post.Id);
            return;
        }

        var buttons = ChatPost.ButtonsOf(card);
        if (buttons.Count == 0 || (world.Weather.IsCalm ? habits.NeverAnswers : world.Dice.Chance(habits.Silent)))
        {
            return;
        }

        if (world.Dice.Weighted(buttons, Weight) is { } button)
        {
            Decide(conversation, post, card, button);
        }
    }

    public void Say(Conversation conversation, string text, string? thread = null, bool addressed = true, string? repliesTo = null)
    {
        var platform = PlatformOf(conversation);
        var post = platform.NewId();
        if (conversation.Kind == PlaceKind.Channel && thread is null)
        {
            conversation.Roots[post] = this;
        }

        world.Audit.Secrecy.Wrote(this, text);
        Deliver(conversation, thread, new Said(text, post) { Addressed = addressed, RepliesTo = repliesTo }, post);
        if (!world.Weather.IsCalm && world.Dice.Chance(habits.Edits))
        {
            TurnInput change = world.Dice.Chance(0.3) ? new Deleted(post) : new Edited(post, $"{text} (corrected)");
            world.Time.After(world.Dice.Skewed(TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(30)), world.Time.World, () => Deliver(conversation, thread, change, $"{post}:changed"));
        }
    }

    public void Press(Conversation conversation, ChatPost? post, string action, IReadOnlyDictionary<string, string> data, IReadOnlyDictionary<string, string>? fields = null)
    {
        var pressed = new Pressed(action, data, fields ?? new Dictionary<string, string>(), post?.Id);
        Deliver(conversation, post?.Thread, pressed, PlatformOf(conversation).NewId());
        if (!world.Weather.IsCalm && world.Dice.Chance(habits.DoubleTaps))
        {
            Deliver(conversation, post?.Thread, pressed, PlatformOf(conversation).NewId());
        }
    }

    /// <summary>The answer that came back at once to something they did.</summary>
    public void Hear(Conversation conversation, ChatPost? pressed, Answer answer)
    {
        world.Audit.Secrecy.Answered(this, answer);
        switch (answer)
        {
            case ShowForm show:
                FillIn(conversation, pressed, show.Form, habits.FormsLeft);
                break;
            case FieldErrors errors:
                FillIn(conversation, pressed, errors.Form, 0.5);
                break;
            case Tell tell when ChatPost.ButtonsOf(tell.Card) is { Count: > 0 } buttons && world.Dice.Chance(0.4):
                var button = world.Dice.One(buttons);
                world.Time.After(world.Dice.Skewed(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5)), world.Time.World, () => Press(conversation, null, button.Action, button.Data, Forms.Fill(tell.Card.Parts, world)));
                break;
        }
    }

    /// <summary>Somebody who has it from elsewhere: presses what is not theirs, by its number.</summary>
    protected void Meddle()
    {
        if (world.Audit.Tickets.All.Count > 0 && Accounts.Count > 0)
        {
            var account = world.Dice.One(Accounts);
            var ticket = world.Audit.Tickets.All.ElementAt(world.Dice.Below(world.Audit.Tickets.All.Count)).Id;
            var action = world.Dice.One(Choices.Known);
            var data = new Dictionary<string, string> { ["ticket"] = ticket, ["article"] = "vpn-drops" };
            Press(account.Platform.Personal(account.Id), null, action, data, Forms.Anything(world));
        }
    }

    private void Decide(Conversation conversation, ChatPost post, Card card, Button button)
    {
        if (!world.Weather.IsCalm && world.Dice.Chance(habits.Types) && Choices.InWords(button.Action) is { } words)
        {
            Say(conversation, words, post.Thread);
        }
        else
        {
            Press(conversation, post, button.Action, button.Data, Forms.Fill(card.Parts, world));
        }

        if (!world.Weather.IsCalm && world.Dice.Chance(habits.ChangesMind))
        {
            var other = world.Dice.One(ChatPost.ButtonsOf(card));
            world.Time.After(world.Dice.Skewed(TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(2)), world.Time.World, () => Press(conversation, post, other.Action, other.Data, Forms.Fill(card.Parts, world)));
        }
    }

    private void FillIn(Conversation conversation, ChatPost? post, Form form, double leftOpen)
    {
        if (world.Weather.IsCalm || !world.Dice.Chance(leftOpen))
        {
            world.Time.After(world.Dice.Skewed(TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(10)), world.Time.World, () => Press(conversation, post, form.Action, form.Data, Forms.Fill(form.Parts, world)));
        }
    }

    private void Deliver(Conversation conversation, string? thread, TurnInput input, string id)
    {
        var platform = PlatformOf(conversation);
        var account = Accounts.First(account => account.Platform == platform);
        var place = platform.PlaceOf(conversation, thread);
        var from = new Sender(account.Id, id, world.Dice.Chance(habits.Unvouched) ? null : $"{Id}@example.com");
        world.Mail.Send(this, conversation, new Turn($"{platform.Name}:{conversation.Id}:{id}:{input.GetType().Name}", place, from, input, world.Time.GetUtcNow()));
    }

    private Platform PlatformOf(Conversation conversation) => Accounts.Select(account => account.Platform).First(platform => platform.Find(conversation.Id) == conversation);

    private static string Signature(Card card) => string.Join(' ', ChatPost.ButtonsOf(card).Select(button => button.Action)) + (ChatPost.Says(card, "state.waiting-user") ? " answer" : "") + (ChatPost.Says(card, "wait.asked") ? " asked" : "");
}

/// <param name="Slowness">The longest they take to look.</param>
/// <param name="Silent">Share of cards they leave alone.</param>
/// <param name="Types">Share of answers that are typed instead of tapped.</param>
/// <param name="DoubleTaps">Share of taps that come twice.</param>
/// <param name="ChangesMind">Share of taps that another one follows.</param>
/// <param name="LooksAtOld">Share of taps on a card that has changed meanwhile.</param>
/// <param name="Edits">Share of messages that are changed or taken back.</param>
/// <param name="FormsLeft">Share of forms that are never sent.</param>
/// <param name="Unvouched">Share of deliveries for which the platform does not say who it is.</param>
/// <param name="NeverAnswers">Leaves every card alone once the world is calm: then the desk has to end things by itself.</param>
internal sealed record Habits(TimeSpan Slowness, double Silent, double Types, double DoubleTaps, double ChangesMind, double LooksAtOld, double Edits, double FormsLeft, double Unvouched, bool NeverAnswers)
{
    public static Habits Of(Dice dice) => new(
        dice.Between(TimeSpan.FromMinutes(5), TimeSpan.FromHours(9)),
        Silent: 0.1 + (0.3 * dice.Below(3) / 2),
        Types: 0.1 * dice.Below(5),
        DoubleTaps: 0.06 * dice.Below(3),
        ChangesMind: 0.05 * dice.Below(3),
        LooksAtOld: 0.1,
        Edits: 0.04 * dice.Below(3),
        FormsLeft: 0.2,
        Unvouched: 0.01,
        NeverAnswers: dice.Chance(0.3));
}
