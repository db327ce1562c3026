using Microsoft.Extensions.Options;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Api;

/// <summary><c>/api/v1</c> for other programs.</summary>
public static class ApiHost
{
    private const string Root = "/api/v1";

    public static void AddApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ApiOptions>()
            .Bind(builder.Configuration.GetSection(ApiOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsCheck>();
        builder.Services.AddSingleton<ApiKeys>();
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi("v1", openApi =>
        {
            openApi.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
            openApi.AddDocumentTransformer<ApiDescription>();
        });
    }

    public static void MapApi(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase), api =>
        {
            api.UseExceptionHandler(new ExceptionHandlerOptions
            {
                StatusCodeSelector = failure => failure switch
                {
                    TooManyDeliveriesException => StatusCodes.Status429TooManyRequests,
                    StoreUnavailableException => StatusCodes.Status503ServiceUnavailable,
                    _ => StatusCodes.Status500InternalServerError,
                },
            });
            api.UseStatusCodePages();
        });

        var group = app.MapGroup(Root);
        group.MapTickets();
        group.MapTicketWriting();
        group.MapFlow();
        app.MapOpenApi("/openapi/{documentName}.json");
    }
}
