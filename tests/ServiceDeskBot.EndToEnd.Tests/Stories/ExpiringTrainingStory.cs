using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>What somebody got because of a training is looked at again before the training ends.</summary>
public sealed class ExpiringTrainingStory
{
    [Fact]
    public async Task Training_ThatEnds_IsAnnouncedTwoWeeksBeforeAndThenTakenBack()
    {
        var folder = DeskFolders.With(("people.yaml", text => DeskFolders.ReplaceOnce(text, "forklift-licence: always", "forklift-licence: 2026-12-20")));
        await using var desk = await RunningDesk.StartAsync("local", $"--Desk:Path={folder.FullName}");
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await ada.SayAsync("hello");
        await wanda.SayAsync("catalogue forklift terminal");
        await wanda.PressAsync("Order Forklift terminal");
        var form = await wanda.FormAsync();
        await wanda.SubmitAsync([.. form.Card.Inputs.Where(input => input.IsRequired && input.Value is null).Select(input => (input.Id, input.Choices.Count > 0 ? input.Choices[0] : "3"))]);
        await desk.Person("mara").PressAsync("Approve");
        await ada.PressAsync("Resolve", ("text", "It is on your truck."));
        await wanda.PressAsync("Yes, thanks");

        await desk.PassAsync(TimeSpan.FromDays(10));
        await wanda.SeesNotAsync("forklift-licence ends");

        await desk.PassAsync(TimeSpan.FromDays(4));
        await wanda.SeesAsync("Your forklift-licence ends by");
        await wanda.SeesAsync("HR books the two-day forklift course");
        await ada.SeesNotAsync("Please take back");

        await desk.PassAsync(TimeSpan.FromDays(14));
        await wanda.SeesAsync("Your forklift-licence has ended");
        await ada.SeesAsync("The forklift-licence of Wanda has ended. Please take back: Forklift terminal.");
        folder.Delete(recursive: true);
    }
}
