using ServiceDeskBot.Core.Tickets.Actions;
using Xunit;

namespace ServiceDeskBot.Tests.Dialogs.Example;

public sealed class VisitDialogTests
{
    private readonly Chat _chat = new(new VisitDialog(), new VisitState("INC-1002"));

    [Fact]
    public void Take_BothAnswers_LeavesThemOnTheTicket() => _chat
        .User("tomorrow at 10:00").Bot("How many people work in the room?")
        .User("twelve").Bot("Thank you, we will see you then.")
        .Does<AddMessage>(message => Assert.Equal("Visit: 2026-11-19 10:00:00Z, 12 people", message.Words));

    [Fact]
    public void Take_NotUnderstood_SaysWhatIsAllowed() => _chat
        .User("sometime").Bot("Please name a day or time to come, such as tomorrow 10:00.")
        .User("Any time").Bot("How many people work in the room?")
        .User("quite some").Bot("Please give me a number, such as 3.");

    /// <summary>The README's example is the one that is compiled here.</summary>
    [Fact]
    public void Readme_Example_IsThisDialog()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "dialogs", "README.md"));
        var source = File.ReadAllText(Path.Combine(Repository.Root, "tests", "ServiceDeskBot.Tests", "Dialogs", "Example", "VisitDialog.cs"));
        Assert.Contains(source.Trim(), readme, StringComparison.Ordinal);
    }
}
